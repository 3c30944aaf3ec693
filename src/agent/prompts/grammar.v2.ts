/** How an action is written in AndroidGen's one-line code; `androidGenCode` in action/ reads it. */
export const androidGenGrammar = `\
do(action="Click", element_id="7")
do(action="Double Tap", element_id="7")
do(action="Long Press", element_id="7")
do(action="Input Text", element_id="7", text="...")   replaces the whole text of that field
do(action="Press Enter")
do(action="Navigate Home")
do(action="Navigate Back")
do(action="Scroll", element_id="7", direction="down")   direction is where the view moves: down shows what lies below; up, left and right likewise; element_id may be left out
do(action="Swipe", element_id="7", direction="left")   direction is where the finger moves
do(action="Swipe", element_id="7", direction="right", to="9")   drags: the finger goes straight from element 7 to element 9, which lies that way, and rests there
do(action="Wait")
open_app(app_name="...")   one of the installed apps
quote(content="...")   notes something you will need in a later round; the screen stays as it is
answer(content="...")   tells the user what they asked for, and goes on
exit(message="...")   ends the task; where the goal asks a question, message is the bare answer
exit(message="...", status="infeasible")   ends a task that cannot be done on this phone, and says why`;
